import type { Metadata } from "next";
import { BrokerConfigsView } from "@/components/brokers/broker-configs-view";

type Props = PageProps<"/[cluster]/brokers/[broker]/configuration">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Configuration of broker ${(await params).broker}` };
}

export default async function BrokerConfigurationPage({ params }: Props) {
  return <BrokerConfigsView broker={Number((await params).broker)} />;
}
