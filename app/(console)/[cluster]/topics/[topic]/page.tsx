import { redirect } from "next/navigation";
import { topicPath } from "@/lib/url";

export default async function TopicPage({ params }: PageProps<"/[cluster]/topics/[topic]">) {
  const { cluster, topic } = await params;
  redirect(topicPath(decodeURIComponent(cluster), decodeURIComponent(topic)));
}
