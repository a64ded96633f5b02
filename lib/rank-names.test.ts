import { expect, test } from "vitest";
import { rankNames } from "@/lib/rank-names";

const names = ["reorders", "my.orders", "orders.created", "orders", "fraud"];
const ranked = (typed: string, most = 10) => rankNames(typed, names, (name) => name, most);

test("puts the whole name first, then beginnings, words and the rest", () =>
  expect(ranked("orders")).toEqual(["orders", "orders.created", "my.orders", "reorders"]));
test("wants every word", () => expect(ranked("cre ord")).toEqual(["orders.created"]));
test("keeps the order and the number when nothing is typed", () =>
  expect(ranked(" ", 2)).toEqual(["reorders", "my.orders"]));
