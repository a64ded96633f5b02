import { ChartsPlaceholder } from "@/components/charts/charts-placeholder";

export default function Loading() {
  return (
    <>
      <div className="h-12 shrink-0 border-b" />
      <div className="h-20 shrink-0 border-b" />
      <ChartsPlaceholder />
    </>
  );
}
