import type * as pulumi from "@pulumi/pulumi";

/** Tags by their names. */
export type Tags = pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
