import { notFound } from "next/navigation";
import { Prefetched } from "@/app/(console)/prefetch";
import { BrokerFrame } from "@/components/brokers/broker-frame";
import { brokerDetail } from "@/lib/queries/brokers";
import { describeBroker } from "@/server/console/describe-broker";

export default async function BrokerLayout({ params, children }: LayoutProps<"/[cluster]/brokers/[broker]">) {
  const { cluster, broker } = await params;
  if (!/^\d{1,9}$/.test(broker)) notFound();
  const place = { cluster: decodeURIComponent(cluster), broker: Number(broker) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: brokerDetail(place.cluster, place.broker).queryKey,
          read: (context, actor) => describeBroker(context, actor, place),
        },
      ]}
    >
      <BrokerFrame broker={place.broker}>{children}</BrokerFrame>
    </Prefetched>
  );
}
