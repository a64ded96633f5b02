import { redirect } from "next/navigation";
import { topicsPath } from "@/lib/url";

export default async function ClusterPage({ params }: PageProps<"/[cluster]">) {
  redirect(topicsPath(decodeURIComponent((await params).cluster)));
}
