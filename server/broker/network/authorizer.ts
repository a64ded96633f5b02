import type { Principal } from "../principal.ts";

/** Kafka's ACL operations that APIs ask for, with their codes (org.apache.kafka.common.acl.AclOperation). */
const OPERATION_CODES = {
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  "cluster-action": 9,
  "describe-configs": 10,
  "alter-configs": 11,
  "idempotent-write": 12,
} as const;

/** What somebody wants to do to a resource. */
export type Operation = keyof typeof OPERATION_CODES;

/** What it is done to. */
export type Resource =
  "cluster" | { readonly topic: string } | { readonly group: string } | { readonly transactionalId: string };

/** Decides whether a principal may do something from a host (`authorizer.class.name`). */
export type Authorizer = (principal: Principal, host: string, operation: Operation, resource: Resource) => boolean;

/** Kafka's behaviour without an authorizer. */
export const allowEverything: Authorizer = () => true;

/** Operations that exist on each kind of resource, in Kafka's order (AclEntry.supportedOperations). */
const SUPPORTED_OPERATIONS = {
  topic: ["read", "write", "create", "describe", "delete", "alter", "describe-configs", "alter-configs"],
  group: ["read", "describe", "delete", "describe-configs", "alter-configs"],
  cluster: ["create", "cluster-action", "describe-configs", "alter-configs", "idempotent-write", "alter", "describe"],
} as const satisfies Record<string, readonly Operation[]>;

/** "Not asked for" in every `…AuthorizedOperations` field. */
export const OPERATIONS_NOT_ASKED = -2_147_483_648;

/** The `…AuthorizedOperations` bit field of a resource: bit n stands for the operation of code n (KIP-430). */
export function authorizedOperations(
  kind: keyof typeof SUPPORTED_OPERATIONS,
  may: (operation: Operation) => boolean,
): number {
  let bits = 0;
  for (const operation of SUPPORTED_OPERATIONS[kind]) if (may(operation)) bits |= 1 << OPERATION_CODES[operation];
  return bits;
}
