// The API's own document, drawn by Swagger UI: to be read, and tried with GET, never to write with.
"use strict";

const place = document.getElementById("operations");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  filter: true,
  supportedSubmitMethods: ["get"],
  // It would ask a server of others whether the document is valid.
  validatorUrl: null,
  queryConfigEnabled: false,
});
