import type { Form } from "./form";

/**
 * User pools and identity pools.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Cognito.html
 */
export const cognito: Readonly<Record<string, Form>> = {
  "AWS::Cognito::UserPool": {
    token: "aws:cognito/userPool:UserPool",
    names: {},
    words: { softwareTokenMfaConfiguration: 'enabledMfas: ["SOFTWARE_TOKEN_MFA"]' },
    id: "userPoolId",
    within: "policies",
    parts: { passwordPolicy: "passwordPolicy", signInPolicy: "signInPolicy" },
  },
  "AWS::Cognito::UserPoolClient": {
    token: "aws:cognito/userPoolClient:UserPoolClient",
    names: { allowedOauthFlows: "allowedOAuthFlows" },
    id: "clientId",
  },
  "AWS::Cognito::UserPoolIdentityProvider": {
    token: "aws:cognito/identityProvider:IdentityProvider",
    names: {},
  },
  "AWS::Cognito::IdentityPool": { token: "aws:cognito/identityPool:IdentityPool", names: {} },
  "AWS::Cognito::IdentityPoolRoleAttachment": {
    token: "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    names: {},
  },
};
