"use client";
import { useEffect, useState } from "react";

const settleMs = 250;

/** A value that somebody is still writing, once it has stood for a moment. */
export function useSettled<Value extends string | number | null | undefined>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
