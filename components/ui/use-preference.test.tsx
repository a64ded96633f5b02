// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useChosenText, usePreference } from "@/components/ui/use-preference";

test("a choice is kept, told to all who show it, and a word that nobody knows is the usual one", () => {
  localStorage.setItem("odradek.density", "gigantic");
  const words = ["comfortable", "compact"] as const;
  const one = renderHook(() => usePreference("odradek.density", words));
  const other = renderHook(() => usePreference("odradek.density", words));
  expect(one.result.current[0]).toBe("comfortable");
  act(() => one.result.current[1]("compact"));
  expect(other.result.current[0]).toBe("compact");
  expect(localStorage.getItem("odradek.density")).toBe("compact");
});

test("a text is kept, also by another tab, and null forgets it", () => {
  const one = renderHook(() => useChosenText("odradek.decode.local/orders"));
  expect(one.result.current[0]).toBe(null);
  act(() => one.result.current[1]("hex"));
  expect(one.result.current[0]).toBe("hex");
  act(() => {
    localStorage.setItem("odradek.decode.local/orders", "cbor");
    dispatchEvent(new Event("storage"));
  });
  expect(one.result.current[0]).toBe("cbor");
  act(() => one.result.current[1](null));
  expect(localStorage.getItem("odradek.decode.local/orders")).toBe(null);
});
