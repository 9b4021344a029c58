"""The keywords of the specifications, by object: OpenAPI 3.2.0, JSON Schema 2020-12, and what Swagger 2.0 and OpenAPI
3.0 have beside them. Extensions (`x-...`) and keys that users choose are no keywords."""

from __future__ import annotations

from typing import Final

_METHODS = "get put post delete options head patch trace query"
_VALUES = (
    "type format items collectionFormat default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength"
    " pattern maxItems minItems uniqueItems enum multipleOf"
)
"""What a parameter, a header and the items of one have in 2.0, where 3.x has a schema."""

OPENAPI_3_2: Final = {
    "document": "openapi $self info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    "info": "title summary description termsOfService contact license version",
    "contact": "name url email",
    "license": "name identifier url",
    "server": "url description name variables",
    "serverVariable": "enum default description",
    "components": "schemas responses parameters examples requestBodies headers securitySchemes links callbacks"
    " pathItems mediaTypes",
    "pathItem": f"$ref summary description {_METHODS} additionalOperations servers parameters",
    "operation": "tags summary description externalDocs operationId parameters requestBody responses callbacks"
    " deprecated security servers",
    "externalDocs": "description url",
    "parameter": "name in description required deprecated allowEmptyValue style explode allowReserved schema example"
    " examples content",
    "requestBody": "description content required",
    "mediaType": "schema itemSchema example examples encoding prefixEncoding itemEncoding",
    "encoding": "contentType headers encoding prefixEncoding itemEncoding style explode allowReserved",
    "responses": "default",
    "response": "summary description headers content links",
    "example": "summary description dataValue serializedValue externalValue value",
    "link": "operationRef operationId parameters requestBody description server",
    "header": "description required deprecated style explode schema example examples content",
    "tag": "name summary description externalDocs parent kind",
    "reference": "$ref summary description",
    "discriminator": "propertyName mapping defaultMapping",
    "xml": "nodeType name namespace prefix attribute wrapped",
    "securityScheme": "type description name in scheme bearerFormat flows openIdConnectUrl oauth2MetadataUrl"
    " deprecated",
    "oauthFlows": "implicit password clientCredentials authorizationCode deviceAuthorization",
    "oauthFlow": "authorizationUrl deviceAuthorizationUrl tokenUrl refreshUrl scopes",
}
"""The fixed fields of each object."""

JSON_SCHEMA: Final = {
    "core": "$id $schema $ref $anchor $dynamicRef $dynamicAnchor $defs $comment $vocabulary",
    "applicator": "allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties"
    " patternProperties additionalProperties propertyNames",
    "unevaluated": "unevaluatedItems unevaluatedProperties",
    "validation": "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength"
    " pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required"
    " dependentRequired",
    "meta-data": "title description default deprecated readOnly writeOnly examples",
    "format": "format",
    "content": "contentEncoding contentMediaType contentSchema",
    "OpenAPI": "discriminator xml externalDocs example",
}
"""The keywords of a Schema Object, by vocabulary."""

OPENAPI_3_0: Final = {"schema": "nullable exclusiveMinimum exclusiveMaximum"}
"""What 3.0 has in a Schema Object that 3.1 has not, or says with booleans."""

SWAGGER_2: Final = {
    "document": "swagger host basePath schemes consumes produces definitions parameters responses securityDefinitions",
    "operation": "consumes produces schemes",
    "parameter": f"allowEmptyValue {_VALUES}",
    "response": "schema examples",
    "header": _VALUES,
    "securityScheme": "flow authorizationUrl tokenUrl scopes",
    "schema": "discriminator",
}
"""What 2.0 has and 3.x has not, or has elsewhere."""
