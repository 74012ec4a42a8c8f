/** The arrows of ARCHITECTURE.md: who may import whom. Tests may import what they test with. */
const test = "\\.test\\.tsx?$";

/** Of our own code, `layer` imports itself and `others`, nothing else. */
function layer(name, ...others) {
  const reachable = [name, ...others].map((place) => `^${place}(/|$)`);
  return {
    name: `${name.replace("/", "-")}-imports`,
    comment: `${name} imports ${others.join(", ") || "nothing else"} of our own code`,
    severity: "error",
    from: { path: `^${name}/`, pathNot: test },
    to: { path: "^(app|bench|components|e2e|lib|prisma|scripts)/", pathNot: reachable },
  };
}

/** Packages are known to one layer, so that they can be replaced there. */
function only(name, packages, ...layers) {
  return {
    name: `only-${name}`,
    comment: `${name} is known to ${layers.join(", ")} alone`,
    severity: "error",
    from: { pathNot: [...layers.map((place) => `^${place}/`), test] },
    to: { path: packages.map((each) => `^node_modules/${each}/`) },
  };
}

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    layer("lib/domain"),
    layer("lib/editor", "lib/domain"),
    layer("lib/import", "lib/editor", "lib/domain"),
    layer("lib/export", "lib/editor", "lib/domain"),
    layer("lib/client", "lib/domain"),
    layer("lib/server", "lib/import", "lib/export", "lib/editor", "lib/domain", "prisma/generated"),
    layer("components", "lib/client", "lib/editor", "lib/domain"),
    layer("app", "components", "lib", "prisma/demo"),
    {
      name: "domain-knows-zod-alone",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: test },
      to: { pathNot: ["^lib/domain/", "^node_modules/zod/"] },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    only("next-auth", ["next-auth"], "lib/server"),
    // What a document is, is said in lib/editor; a component may mount an editor, through the binding for React. What is timed
    // against a plain editor needs a plain editor.
    only("tiptap", ["@tiptap/(?!react/)[^/]+", "prosemirror-[^/]+"], "lib/editor", "bench/tiptap-peer"),
    only("tiptap-react", ["@tiptap/react"], "lib/editor", "components"),
    only("pg", ["pg", "@prisma"], "lib/server", "prisma", "scripts", "bench", "e2e"),
  ],
  options: {
    doNotFollow: { path: ["^node_modules", "^prisma/generated"] },
    exclude: { path: ["(^|/)\\.next", "^\\.data"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    moduleSystems: ["es6", "cjs"],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
