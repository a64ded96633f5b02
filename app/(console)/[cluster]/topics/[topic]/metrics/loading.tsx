import { ChartsPlaceholder } from "@/components/charts/charts-placeholder";

export default function Loading() {
  return <ChartsPlaceholder />;
}
