import { Prefetched } from "@/app/(console)/prefetch";
import { GroupFrame } from "@/components/groups/group-frame";
import { groupDetail } from "@/lib/queries/groups";
import { describeGroup } from "@/server/console/describe-group";

export default async function GroupLayout({ params, children }: LayoutProps<"/[cluster]/groups/[group]">) {
  const { cluster, group } = await params;
  const place = { cluster: decodeURIComponent(cluster), group: decodeURIComponent(group) };
  return (
    <Prefetched
      reads={[
        {
          queryKey: groupDetail(place.cluster, place.group).queryKey,
          read: (context, actor) => describeGroup(context, actor, place),
        },
      ]}
    >
      <GroupFrame group={place.group}>{children}</GroupFrame>
    </Prefetched>
  );
}
