import { boolean, int, list, long, password, string, type ConfigDefinition } from "./definition.ts";

/** Authentication, encryption and authorisation. */
export const securityConfigs = {
  "sasl.enabled.mechanisms": list(["GSSAPI"], {
    scope: "per-broker",
    doc: "SASL mechanisms that clients may use: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER. GSSAPI (Kerberos) is not served here.",
  }),
  "sasl.mechanism.inter.broker.protocol": string("GSSAPI", {
    scope: "per-broker",
    doc: "The mechanism between brokers, where their listener has SASL.",
  }),
  "sasl.mechanism.controller.protocol": string("GSSAPI", {
    importance: "high",
    doc: "The mechanism between brokers and controller, where its listener has SASL.",
  }),
  "sasl.jaas.config": password({
    scope: "per-broker",
    doc: "Users and passwords in JAAS form, normally as listener.name.<listener>.<mechanism>.sasl.jaas.config.",
  }),
  "sasl.server.max.receive.size": int(524_288, { doc: "The largest message during authentication." }),
  "connections.max.reauth.ms": long(0, {
    doc: "How long an authentication holds; later the client must authenticate again or is cut. 0 lets it hold for the connection's life.",
  }),
  "sasl.oauthbearer.jwks.endpoint.url": string(null, {
    doc: "Where the keys are found with which OAUTHBEARER tokens are checked.",
  }),
  "sasl.oauthbearer.jwks.endpoint.refresh.ms": long(3_600_000, {
    importance: "low",
    doc: "How often those keys are read again.",
  }),
  "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms": long(100, {
    importance: "low",
    doc: "The pause before a failed reading of the keys is repeated.",
  }),
  "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms": long(10_000, {
    importance: "low",
    doc: "The longest that pause may become.",
  }),
  "sasl.oauthbearer.expected.audience": list([], {
    importance: "high",
    doc: "The aud claims of which an OAUTHBEARER token must have one.",
  }),
  "sasl.oauthbearer.expected.issuer": string(null, {
    importance: "high",
    doc: "The iss claim that an OAUTHBEARER token must have.",
  }),
  "sasl.oauthbearer.clock.skew.seconds": int(30, {
    importance: "low",
    doc: "How far the clocks of the token's issuer and of the broker may differ.",
  }),
  "sasl.oauthbearer.scope.claim.name": string("scope", {
    importance: "low",
    doc: "The claim that holds a token's scopes.",
  }),
  "sasl.oauthbearer.sub.claim.name": string("sub", { importance: "low", doc: "The claim that names a token's user." }),
  "ssl.client.auth": string("none", {
    choices: ["required", "requested", "none"],
    scope: "per-broker",
    doc: "Whether TLS clients must show a certificate: none, requested, required.",
  }),
  "ssl.keystore.type": string("JKS", {
    scope: "per-broker",
    doc: "Form of the key store. Here PEM: key and chain as text or in a file.",
  }),
  "ssl.keystore.location": string(null, {
    scope: "per-broker",
    doc: "File with private key and certificate chain, in PEM.",
  }),
  "ssl.keystore.key": password({ scope: "per-broker", doc: "Private key as PEM text." }),
  "ssl.keystore.certificate.chain": password({ scope: "per-broker", doc: "Certificate chain as PEM text." }),
  "ssl.keystore.password": password({
    scope: "per-broker",
    doc: "Password of the key store file; PEM files have none.",
  }),
  "ssl.key.password": password({ scope: "per-broker", doc: "Password of an encrypted private key." }),
  "ssl.truststore.type": string("JKS", { scope: "per-broker", doc: "Form of the trust store. Here PEM." }),
  "ssl.truststore.location": string(null, { scope: "per-broker", doc: "File with trusted certificates, in PEM." }),
  "ssl.truststore.certificates": password({ scope: "per-broker", doc: "Trusted certificates as PEM text." }),
  "ssl.truststore.password": password({
    scope: "per-broker",
    doc: "Password of the trust store file; PEM files have none.",
  }),
  "ssl.protocol": string("TLSv1.3", { scope: "per-broker", doc: "The TLS version to aim for." }),
  "ssl.enabled.protocols": list(["TLSv1.2", "TLSv1.3"], { scope: "per-broker", doc: "TLS versions that are allowed." }),
  "ssl.cipher.suites": list([], {
    scope: "per-broker",
    doc: "Cipher suites that are allowed; empty leaves it to the TLS library.",
  }),
  "ssl.endpoint.identification.algorithm": string("https", {
    importance: "low",
    scope: "per-broker",
    doc: "https compares the name in a server's certificate with the address; an empty text does not.",
  }),
  "ssl.principal.mapping.rules": string("DEFAULT", {
    importance: "low",
    doc: "How a client certificate's subject becomes a user name: RULE:pattern/replacement/ divided by commas, or DEFAULT for the whole subject.",
  }),
  "ssl.allow.dn.changes": boolean(false, {
    importance: "low",
    doc: "Whether a new key store may have another subject than the one in use.",
  }),
  "ssl.allow.san.changes": boolean(false, {
    importance: "low",
    doc: "Whether a new key store may have other alternative names than the one in use.",
  }),
  "authorizer.class.name": string("", {
    importance: "low",
    doc: "org.apache.kafka.metadata.authorizer.StandardAuthorizer turns access control on; empty lets everybody do everything.",
  }),
  "delegation.token.secret.key": password({
    doc: "The secret with which delegation tokens are signed; unset, there are none. The same on all nodes.",
  }),
  "delegation.token.max.lifetime.ms": long(604_800_000, {
    min: 1,
    doc: "The longest life of a delegation token, renewals included.",
  }),
  "delegation.token.expiry.time.ms": long(86_400_000, {
    min: 1,
    doc: "How long a delegation token holds until it must be renewed.",
  }),
  "delegation.token.expiry.check.interval.ms": long(3_600_000, {
    min: 1,
    importance: "low",
    doc: "How often expired delegation tokens are looked for.",
  }),
  "super.users": string("", {
    importance: "low",
    doc: "Users who may do everything, divided by semicolons: User:alice;User:bob. Read by the authorizer.",
  }),
  "allow.everyone.if.no.acl.found": boolean(false, {
    importance: "low",
    doc: "Whether a resource without any access control entry is open to all. Read by the authorizer.",
  }),
} as const satisfies Record<string, ConfigDefinition>;
