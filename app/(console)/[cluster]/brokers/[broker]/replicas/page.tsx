import type { Metadata } from "next";
import { BrokerReplicasView } from "@/components/brokers/broker-replicas-view";

type Props = PageProps<"/[cluster]/brokers/[broker]/replicas">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Replicas of broker ${(await params).broker}` };
}

export default async function BrokerReplicasPage({ params }: Props) {
  return <BrokerReplicasView broker={Number((await params).broker)} />;
}
