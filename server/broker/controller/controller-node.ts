import type { Environment } from "../../environment/environment.ts";
import { loadCompression } from "../../wire/compression.ts";
import { AddressRates } from "../network/address-rates.ts";
import type { QuotaParts } from "../network/client-quotas.ts";
import { credentialLookup, listenerOptions } from "../network/listener-settings.ts";
import { type BoundListener, RequestServer } from "../network/request-server.ts";
import { Controller, type ControllerOptions } from "./controller.ts";
import { controllerHandlers } from "./handlers/table.ts";
import type { ControllerServices } from "./handlers/services.ts";
import { MutationQuotas } from "./mutation-quotas.ts";

const SECOND_MS = 1000;

/** A controller with its listeners: all of node 100. */
export class ControllerNode {
  readonly controller: Controller;
  readonly #server: RequestServer<ControllerServices>;

  /** Opens the metadata log. Throws LogDirectoryError, QuorumStateError, DiskError, WireError, ListenerSettingError. */
  constructor(
    private readonly environment: Environment,
    private readonly options: ControllerOptions,
  ) {
    const { config } = options;
    this.controller = new Controller(environment, options);
    this.#server = new RequestServer(environment, {
      listeners: listenerOptions(config, environment.disk),
      handlers: controllerHandlers,
      services: { controller: this.controller, log: environment.log, mutationQuotas: this.#makeMutationQuotas() },
      requestBytesMax: config.get("socket.request.max.bytes"),
      idleMsMax: config.get("connections.max.idle.ms"),
      credentials: credentialLookup(config, () => this.controller.image),
      addressRates: new AddressRates(this.#quotaParts("quota")),
    });
  }

  #makeMutationQuotas(): MutationQuotas {
    return new MutationQuotas(this.#quotaParts("controller.quota"));
  }

  #quotaParts(windows: "quota" | "controller.quota"): QuotaParts {
    const { config } = this.options;
    return {
      clock: this.environment.clock,
      quotas: () => this.controller.image.clientQuotas,
      windows: {
        count: config.get(`${windows}.window.num`),
        windowMs: config.get(`${windows}.window.size.seconds`) * SECOND_MS,
      },
    };
  }

  /** Binds and serves; answers where brokers reach the controller. Rejects with NetworkError when a port is taken. */
  async start(): Promise<readonly BoundListener[]> {
    await loadCompression();
    const bound = await this.#server.bind();
    const told = this.options.config.advertisedListeners;
    const listeners = bound.map((listener) => ({
      ...listener,
      host: told.find(({ name }) => name === listener.name)?.host ?? listener.host,
    }));
    this.controller.start(listeners);
    this.#server.serve();
    this.environment.log.info(
      { listeners: listeners.map(({ host, port }) => `${host}:${port}`).join(",") },
      "controller serves",
    );
    return listeners;
  }

  /** Closes connections, then the log. */
  async stop(): Promise<void> {
    await this.#server.stop();
    await this.controller.stop();
  }
}
