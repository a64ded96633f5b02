import type { Metadata } from "next";
import { BrokerDirectoriesView } from "@/components/brokers/broker-directories-view";

type Props = PageProps<"/[cluster]/brokers/[broker]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Broker ${(await params).broker}` };
}

export default async function BrokerPage({ params }: Props) {
  return <BrokerDirectoriesView broker={Number((await params).broker)} />;
}
