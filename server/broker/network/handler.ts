import assert from "node:assert/strict";
import type { AnyApi, Api } from "../../wire/api.ts";
import { Reader } from "../../wire/reader.ts";
import type { Call } from "./call.ts";
import type { Context } from "./context.ts";

/** How one API is served by a node with these services. */
export type Handler<Services> = {
  readonly api: AnyApi;
  /** Whether such requests may start while earlier ones of their kind have no answer yet. All others wait, as in Kafka. */
  readonly overlaps: boolean;
  /** Throws WireError for a request that breaks the protocol, before anything was done. */
  run(call: Call<Services>): void;
};

/** The handlers of a listener by API key. */
export type HandlerTable<Services> = ReadonlyMap<number, Handler<Services>>;

/** Answers a request. Exactly once, now or later; after the connection closed it does nothing. */
export type Reply<RI> = (response: RI) => void;

/**
 * A handler of decoded requests. The request owns its memory, so parts of it may be kept.
 * Anything thrown before the reply is a bug: it is logged and answered with UNKNOWN_SERVER_ERROR where the response has a place for it.
 */
export function handler<D, I, RD, RI, Services>(
  api: Api<D, I, RD, RI>,
  run: (request: D, context: Context<Services>, reply: Reply<RI>) => void,
): Handler<Services> {
  return {
    api,
    overlaps: false,
    run(call) {
      call.ownFrame();
      const request = decode(api, call);
      try {
        run(request, call, (response) => call.answer(api, response));
      } catch (error) {
        call.fail(error);
      }
    },
  };
}

/**
 * A handler on the hot path: the request's bytes and records are views of lent memory and must be used up before `run` returns;
 * the answer goes through `call`, so that a request costs no closure.
 */
export function hotHandler<D, I, RD, RI, Services>(
  api: Api<D, I, RD, RI>,
  options: { readonly overlaps: boolean },
  run: (request: D, call: Call<Services>) => void,
): Handler<Services> {
  return {
    api,
    overlaps: options.overlaps,
    run(call) {
      const request = decode(api, call);
      try {
        run(request, call);
      } catch (error) {
        call.fail(error);
      }
    },
  };
}

/** Puts handlers into a table; an API that is in it twice is a bug. */
export function handlerTable<Services>(handlers: readonly Handler<Services>[]): HandlerTable<Services> {
  const table = new Map<number, Handler<Services>>();
  for (const entry of handlers) {
    assert(!table.has(entry.api.key), "an API has one handler");
    table.set(entry.api.key, entry);
  }
  return table;
}

/** As Kafka, says nothing about bytes behind the request. */
function decode<D, I, RD, RI, Services>(api: Api<D, I, RD, RI>, call: Call<Services>): D {
  return api.request.read(new Reader(call.frame, call.bodyPosition), call.apiVersion);
}
