import type { Metadata } from "next";
import { LinksView } from "@/components/links/links-view";

type Props = PageProps<"/[cluster]/topics/[topic]/links">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Linked to ${decodeURIComponent((await params).topic)}` };
}

/** Not read ahead: a service that is away would hold the page up. */
export default async function LinksPage({ params }: Props) {
  return <LinksView topic={decodeURIComponent((await params).topic)} />;
}
