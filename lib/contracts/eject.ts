import type { PlatformOptions } from "./platform-options.ts";

/** What `odradek eject` asks for: the platform as `odradek up` would start it, the new directory, and whether closed segments are shared by hard links. */
export type EjectOptions = {
  readonly platform: PlatformOptions;
  /** Ports and host that were given; what is absent comes from what the cluster last registered. */
  readonly ports: { readonly external?: number; readonly internal?: number; readonly controller?: number };
  /** Absolute; must not exist, or be empty. */
  readonly to: string;
  readonly sharesSegments: boolean;
};

/** What `odradek adopt` asks for. All paths are absolute. */
export type AdoptOptions = {
  /** Must hold no cluster yet. */
  readonly dataDirectory: string;
  /** The log directories of every node, or directories that hold them. */
  readonly from: readonly string[];
  readonly sharesSegments: boolean;
};

/** The first message to the process that does it. */
export type EjectCommand =
  | { readonly type: "eject"; readonly options: EjectOptions }
  | { readonly type: "adopt"; readonly options: AdoptOptions };

/** What was moved. */
export type EjectReport = {
  readonly clusterId: string;
  readonly brokers: readonly number[];
  readonly topics: number;
  readonly partitions: number;
  /** Bytes of segments that both sides hold by hard links, and bytes that were copied. */
  readonly sharedBytes: number;
  readonly copiedBytes: number;
  /** Directories that were left behind, each with the reason. */
  readonly leftOut: readonly string[];
};

/** The one message back; the process ends after it. */
export type EjectOutcome =
  | { readonly type: "done"; readonly report: EjectReport }
  | { readonly type: "failed"; readonly title: string; readonly detail: string; readonly suggestion: string };
