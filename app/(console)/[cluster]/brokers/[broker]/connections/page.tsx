import type { Metadata } from "next";
import { BrokerConnectionsView } from "@/components/brokers/broker-connections-view";

type Props = PageProps<"/[cluster]/brokers/[broker]/connections">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Connections of broker ${(await params).broker}` };
}

export default async function BrokerConnectionsPage({ params }: Props) {
  return <BrokerConnectionsView broker={Number((await params).broker)} />;
}
