/** A record as kafkajs sends it. */
export type SampleRecord = {
  readonly topic: string;
  readonly key: string;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** A number in [0, 1). */
export type Dice = () => number;

type Product = { readonly sku: string; readonly title: string; readonly price: number };

const products: readonly [Product, ...Product[]] = [
  { sku: "LMP-040", title: "Desk lamp, 40 cm", price: 39.9 },
  { sku: "CHR-112", title: "Oak chair", price: 129 },
  { sku: "MUG-007", title: "Mug, speckled", price: 12.5 },
  { sku: "BLK-300", title: "Wool blanket", price: 79 },
  { sku: "PLN-018", title: "Fig plant", price: 34 },
  { sku: "SHF-055", title: "Wall shelf", price: 59.95 },
];
const names = [
  "Ada Lund",
  "Björn Aas",
  "Chloé Petit",
  "Davit Ivanyan",
  "Elif Kaya",
  "Finn O’Shea",
  "Grace Okoye",
  "Hana Mori",
] as const;
const cities = ["Berlin", "Lyon", "Porto", "Gdańsk", "Turku", "Bergen"] as const;
const paths = ["/", "/lamps", "/chairs", "/search?q=oak", "/cart", "/checkout", "/account/orders"] as const;
const devices = ["desktop", "phone", "tablet"] as const;
const failures = ["insufficient_funds", "card_expired", "three_d_secure_failed"] as const;
const tiers = ["basic", "plus", "pro"] as const;

/** Customers are few, so that keys come again and compaction has something to do. */
const CUSTOMERS = 200;

/** Makes the shop's records, one topic at a time. `sequence` counts the records of the topic: keys and ids follow from it. */
export function sampleRecord(topic: string, sequence: number, nowMs: number, dice: Dice): SampleRecord {
  switch (topic) {
    case "orders":
      return order(sequence, nowMs, dice);
    case "payments":
      return payment(sequence, nowMs, dice);
    case "page-views":
      return pageView(sequence, nowMs, dice);
    default:
      return customer(nowMs, dice);
  }
}

function order(sequence: number, nowMs: number, dice: Dice): SampleRecord {
  const items = Array.from({ length: 1 + Math.floor(dice() * 3) }, () => {
    const { sku, title, price } = pick(products, dice);
    return { sku, title, price, quantity: 1 + Math.floor(dice() * 3) };
  });
  const total = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const orderId = orderIdOf(sequence);
  const value = {
    orderId,
    customerId: customerId(dice),
    placedAt: new Date(nowMs).toISOString(),
    items,
    total: cents(total),
    currency: "EUR",
    shipTo: { city: pick(cities, dice), express: dice() < 0.2 },
  };
  return { topic: "orders", key: orderId, value: JSON.stringify(value), headers: headersOf("shop-web", dice) };
}

function payment(sequence: number, nowMs: number, dice: Dice): SampleRecord {
  const orderId = orderIdOf(sequence);
  const isDeclined = dice() < 0.06;
  const value = {
    paymentId: `pay-${String(sequence).padStart(7, "0")}`,
    orderId,
    amount: cents(10 + dice() * 300),
    currency: "EUR",
    method: pick(["card", "paypal", "invoice"], dice),
    status: isDeclined ? "declined" : "captured",
    ...(isDeclined && { failure: { code: pick(failures, dice) } }),
    at: new Date(nowMs).toISOString(),
  };
  return { topic: "payments", key: orderId, value: JSON.stringify(value), headers: headersOf("payment-gateway", dice) };
}

function pageView(sequence: number, nowMs: number, dice: Dice): SampleRecord {
  const session = `ses-${Math.floor(dice() * 500)
    .toString(16)
    .padStart(4, "0")}`;
  const value = {
    viewId: sequence,
    session,
    customerId: dice() < 0.4 ? customerId(dice) : null,
    path: pick(paths, dice),
    device: pick(devices, dice),
    loadMs: Math.round(120 + dice() * dice() * 2_400),
    at: nowMs,
  };
  return { topic: "page-views", key: session, value: JSON.stringify(value), headers: headersOf("web-tracker", dice) };
}

function customer(nowMs: number, dice: Dice): SampleRecord {
  const id = customerId(dice);
  const headers = headersOf("crm", dice);
  // Some leave: a tombstone takes their records with it.
  if (dice() < 0.03) return { topic: "customers", key: id, value: null, headers };
  const name = pick(names, dice);
  const value = {
    customerId: id,
    name,
    city: pick(cities, dice),
    tier: pick(tiers, dice),
    newsletter: dice() < 0.5,
    updatedAt: new Date(nowMs).toISOString(),
  };
  return { topic: "customers", key: id, value: JSON.stringify(value), headers };
}

function headersOf(source: string, dice: Dice): Record<string, string> {
  const hex = (length: number) => Array.from({ length }, () => Math.floor(dice() * 16).toString(16)).join("");
  return { "content-type": "application/json", source, traceparent: `00-${hex(32)}-${hex(16)}-01` };
}

function orderIdOf(sequence: number): string {
  return `ord-${String(sequence).padStart(7, "0")}`;
}

function customerId(dice: Dice): string {
  return `cus-${String(Math.floor(dice() * CUSTOMERS)).padStart(4, "0")}`;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function pick<T>(from: readonly [T, ...T[]], dice: Dice): T {
  return from[Math.floor(dice() * from.length)] ?? from[0];
}
