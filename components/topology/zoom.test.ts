import { expect, test } from "vitest";
import { fitted, zoomed } from "@/components/topology/zoom";

test("a large drawing is made to fit, a small one keeps its size in the middle", () => {
  expect(fitted({ width: 2_000, height: 500 }, { width: 1_000, height: 600 })).toEqual({ scale: 0.5, x: 0, y: 175 });
  expect(fitted({ width: 100, height: 100 }, { width: 1_000, height: 600 })).toEqual({ scale: 1, x: 450, y: 250 });
  expect(fitted({ width: 0, height: 0 }, { width: 1_000, height: 600 })).toEqual({ scale: 1, x: 0, y: 0 });
});

test("zooming keeps the point under the pointer where it is", () => {
  const view = { scale: 1, x: 10, y: 20 };
  const at = { x: 110, y: 220 };
  const next = zoomed(view, 2, at);
  expect(next).toEqual({ scale: 2, x: -90, y: -180 });
  expect((at.x - next.x) / next.scale).toBe((at.x - view.x) / view.scale);
});

test("zooming ends where a drawing could not be read or found", () => {
  expect(zoomed({ scale: 2.9, x: 0, y: 0 }, 2, { x: 0, y: 0 }).scale).toBe(3);
  expect(zoomed({ scale: 0.21, x: 0, y: 0 }, 0.5, { x: 0, y: 0 }).scale).toBe(0.2);
});
