import type { Log } from "../../../environment/environment.ts";
import type { Authorizer } from "../../network/authorizer.ts";
import type { Context } from "../../network/context.ts";
import type { Controller } from "../controller.ts";

/** What the controller's handlers work on. */
export type ControllerServices = {
  readonly controller: Controller;
  readonly log: Log;
  readonly authorizer?: Authorizer;
};

/** The context of a request to the controller. */
export type ControllerContext = Context<ControllerServices>;
