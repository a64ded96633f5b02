import { expect, test } from "vitest";
import { gridLayoutCss } from "@/components/ui/grid-layout";

test("columns come one after another as there is room for them", () => {
  expect(gridLayoutCss("t", [{ width: "1fr" }, { width: "80px", from: 900 }, { width: "40px", from: 600 }])).toBe(
    [
      ".t{grid-template-columns:1fr}.t-1{display:none}.t-2{display:none}",
      "@container (min-width:600px){.t{grid-template-columns:1fr 40px}.t-2{display:block}}",
      "@container (min-width:900px){.t{grid-template-columns:1fr 80px 40px}.t-1{display:block}}",
    ].join("\n"),
  );
});
