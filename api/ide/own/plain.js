"use strict";
// The small page that stands in for GraphiQL: a query, its variables, and the answer.
const element = (id) => document.getElementById(id);
const prefill = JSON.parse(element("prefill").textContent);

element("token").value = prefill.token || "";
for (const text of prefill.examples) {
  const option = document.createElement("option");
  option.value = text;
  option.textContent = /query (\w+)/.exec(text)[1];
  element("example").append(option);
}
const choose = () => {
  element("query").value = element("example").value;
};
const run = async () => {
  try {
    const variables = element("variables").value.trim();
    const response = await fetch(window.location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${element("token").value.trim()}` },
      body: JSON.stringify({ query: element("query").value, variables: variables ? JSON.parse(variables) : null }),
    });
    element("answer").textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    element("answer").textContent = String(error);
  }
};
element("example").addEventListener("change", choose);
element("run").addEventListener("click", run);
choose();
