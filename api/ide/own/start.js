"use strict";
// GraphiQL with the explorer, at this page's own address; in development the token and the examples are filled in.
const prefill = JSON.parse(document.getElementById("prefill").textContent);
const headers = prefill.token ? { Authorization: `Bearer ${prefill.token}` } : {};
const shown = JSON.stringify(prefill.token ? headers : { Authorization: "Bearer …" }, null, 2);

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: window.location.pathname, headers }),
    defaultEditorToolsVisibility: prefill.token ? "variables" : "headers",
    defaultHeaders: shown,
    defaultQuery: prefill.examples[0],
    defaultTabs: prefill.examples.map((query) => ({ query, headers: shown })),
    plugins: [GraphiQLPluginExplorer.explorerPlugin()],
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    inputValueDeprecation: true,
  }),
);
