import { AgentGateway, type AgentResource, agentTypes } from "../endpoints/agent-core/agent-gateway";
import {
  agentAcceptedTokens,
  agentJwtAuthorizer,
  decidesWhoMayCall,
} from "../endpoints/agent-core/agent-tokens";
import { documentTypes } from "../endpoints/api-gateway/document";
import { HttpAuthorizer, jwtAuthorizers, jwtTrusts } from "../endpoints/api-gateway/jwt-authorizer";
import { EventApi } from "../endpoints/app-sync/event-api";
import { GraphqlApi } from "../endpoints/app-sync/graphql-api";
import { acceptedTokens, openIdConnectConfigs } from "../endpoints/app-sync/open-id-connect";
import { loginsOf, validationsOf } from "../endpoints/load-balancer/listener-actions";
import { actionsOf } from "../endpoints/load-balancer/load-balancer";
import { type AcceptedTokens, consumerLoginAt, trustOf } from "../endpoints/tokens/shared-issuers";
import { knownValue, type Resource, type Stack } from "../stack";
import { askingForwarders } from "./load-balancer-users";

/** A resource that accepts whoever signs in at a service where anybody creates an account. */
export interface ConsumerSignIn {
  readonly resource: Resource;
  /** The name of the service. */
  readonly service: string;
}

/** The resources that require nothing but an account of a consumer identity provider, each with its providers. */
export function consumerSignIns(stack: Stack): readonly ConsumerSignIn[] {
  const found = [
    ...ofJwtAuthorizers(stack),
    ...ofAgents(stack),
    ...[...stack.of(GraphqlApi), ...stack.of(EventApi)].flatMap((resource) =>
      openIdConnectConfigs(resource)
        .flatMap((config) => knownValue(config) ?? [])
        .flatMap((config) => signIn(resource, acceptedTokens(config))),
    ),
    ...ofListeners(stack),
  ];
  const byText = new Map(found.map((one) => [`${one.resource.urn} ${one.service}`, one]));
  return [...byText.values()];
}

function signIn(resource: Resource, tokens: AcceptedTokens): readonly ConsumerSignIn[] {
  const trust = trustOf(tokens);
  return trust?.of === "sign-up" ? [{ resource, service: trust.service }] : [];
}

function ofJwtAuthorizers(stack: Stack): readonly ConsumerSignIn[] {
  return [HttpAuthorizer, ...documentTypes]
    .flatMap((type): readonly Resource[] => stack.of<unknown>(type))
    .flatMap((resource) =>
      jwtAuthorizers(resource)
        .flatMap(jwtTrusts)
        .flatMap(({ of, service }) => (of === "sign-up" ? [{ resource, service }] : [])),
    );
}

function ofAgents(stack: Stack): readonly ConsumerSignIn[] {
  return agentTypes
    .flatMap((type) => stack.of<unknown>(type) as readonly AgentResource[])
    .flatMap((agent) => {
      const authorizer = agentJwtAuthorizer(agent);
      const decidesLater = AgentGateway.is(agent) && decidesWhoMayCall(agent);
      if (!authorizer || authorizer === "unconfigured" || decidesLater) return [];
      return signIn(agent, agentAcceptedTokens(authorizer));
    });
}

function ofListeners(stack: Stack): readonly ConsumerSignIn[] {
  return askingForwarders(stack).flatMap((resource) => {
    const actions = actionsOf(resource);
    const logins = loginsOf(actions).flatMap((login) => consumerLoginAt(login.text("issuer")) ?? []);
    return [
      ...logins.map((service) => ({ resource, service })),
      ...validationsOf(actions).flatMap((tokens) => signIn(resource, tokens)),
    ];
  });
}
