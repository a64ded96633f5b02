import { describe, expect, test } from "vitest";
import { placeOf } from "@/components/ui/place-beside";

const view = { width: 1_000, height: 800 };
const bubble = { width: 100, height: 20 };
const anchor = { left: 400, top: 300, width: 20, height: 20 };

describe("a bubble", () => {
  test.each([
    ["bottom", { left: 360, top: 326 }],
    ["top", { left: 360, top: 274 }],
    ["right", { left: 426, top: 300 }],
    ["left", { left: 294, top: 300 }],
  ] as const)("stands at the %s", (side, place) => expect(placeOf(bubble, anchor, side, view)).toEqual(place));

  test("goes to the other side where the window ends", () => {
    expect(placeOf(bubble, { ...anchor, top: 770 }, "bottom", view).top).toBe(744);
    expect(placeOf(bubble, { ...anchor, top: 10 }, "top", view).top).toBe(36);
    expect(placeOf(bubble, { ...anchor, left: 960 }, "right", view).left).toBe(854);
    expect(placeOf(bubble, { ...anchor, left: 20 }, "left", view).left).toBe(46);
  });

  test("never leaves the window", () =>
    expect(placeOf(bubble, { ...anchor, left: 985 }, "bottom", view).left).toBe(892));
});
