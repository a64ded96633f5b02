import { type DecoderChoice, isOwnDecoder } from "@/lib/contracts/decoding";

const labels: Partial<Record<DecoderChoice, string>> = {
  auto: "Auto",
  json: "JSON",
  xml: "XML",
  utf8: "Text",
  messagepack: "MessagePack",
  cbor: "CBOR",
  uuid: "UUID",
  hex: "Hex",
  base64: "Base64",
  "consumer-offsets": "Consumer offsets",
  "transaction-state": "Transaction state",
  "share-group-state": "Share group state",
  "cluster-metadata": "Cluster metadata",
  connect: "Connect",
  "mirror-maker": "MirrorMaker",
};

/** What people call a decoder: "JSON", "int64, little-endian"; one of the operator's own as its file says. */
export function decoderLabel(decoder: DecoderChoice): string {
  if (isOwnDecoder(decoder)) return decoder.slice("own:".length);
  return labels[decoder] ?? decoder.replace(/le$/, ", little-endian");
}
