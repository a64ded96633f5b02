import { api } from "../api.ts";
import { arr, bool, i16, i32, i8, str } from "../schema.ts";

/** Tells the id of the cluster and its brokers, fenced ones on request, or its controllers (KIP-700, KIP-919). */
export const DescribeCluster = api(
  { key: 60, name: "DescribeCluster", versions: "0-2", flexible: 0, listeners: ["broker", "controller"] },
  { includeClusterAuthorizedOperations: bool, endpointType: i8.v("1+").def(1), includeFencedBrokers: bool.v("2+") },
  {
    throttleTimeMs: i32,
    errorCode: i16,
    errorMessage: str.nullable().def(null),
    endpointType: i8.v("1+").def(1),
    clusterId: str,
    controllerId: i32.def(-1).entity("brokerId"),
    brokers: arr({
      brokerId: i32.entity("brokerId").mapKey(),
      host: str,
      port: i32,
      rack: str.nullable().def(null),
      isFenced: bool.v("2+"),
    }),
    clusterAuthorizedOperations: i32.def(-2147483648),
  },
);
