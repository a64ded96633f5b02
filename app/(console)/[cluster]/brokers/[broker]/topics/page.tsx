import type { Metadata } from "next";
import { BrokerTopicsView } from "@/components/brokers/broker-topics-view";

type Props = PageProps<"/[cluster]/brokers/[broker]/topics">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Topics of broker ${(await params).broker}` };
}

export default async function BrokerTopicsPage({ params }: Props) {
  return <BrokerTopicsView broker={Number((await params).broker)} />;
}
