import type { Metadata } from "next";
import { ShapeView } from "@/components/shape/shape-view";

type Props = PageProps<"/[cluster]/topics/[topic]/shape">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Shape of ${decodeURIComponent((await params).topic)}` };
}

export default async function ShapePage({ params }: Props) {
  return <ShapeView topic={decodeURIComponent((await params).topic)} />;
}
