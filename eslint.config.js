import tseslint from "typescript-eslint";

/** Lint for what types and the formatter cannot see: floating promises, forgotten cases, imports that turn round. */
export default tseslint.config(
	{
		ignores: [
			"node_modules",
			"dist",
			"data",
			"models/cache",
			"scripts/*.*",
			"eslint.config.js",
			"src/web/public",
			"test/faults/*.mjs", // loaded by programs before anything that reads TypeScript
		],
	},
	...tseslint.configs.recommendedTypeChecked,
	{
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			"@typescript-eslint/no-floating-promises": "error",
			"@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
			"@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
			"@typescript-eslint/consistent-type-imports": "error",
			"@typescript-eslint/require-await": "off",
			"@typescript-eslint/restrict-template-expressions": "off",
			"no-console": "error",
		},
	},
	forbidImports(
		"src/core/**",
		["#contract/*", "#platform/*", "node:*", "**/edge/**", "**/server/**"],
		"src/core imports nothing",
	),
	forbidImports(
		"src/contract/**",
		["#platform/*", "node:*", "**/edge/**", "**/server/**"],
		"src/contract imports core alone",
	),
	forbidImports("src/platform/**", ["**/edge/**", "**/server/**", "**/web/**"], "src/platform serves both programs"),
	forbidImports("edge/**", ["**/src/server/**", "**/src/web/**"], "edge and server meet in src/contract alone"),
	forbidImports("src/server/**", ["**/edge/**", "**/web/**"], "edge and server meet in src/contract alone"),
	forbidImports(
		"src/web/**",
		["#platform/*", "node:*", "**/edge/**", "**/server/**"],
		"the page sees contract and core",
	),
	{ files: ["src/web/vite.config.ts"], rules: { "no-restricted-imports": "off" } }, // what builds the page runs in Node
	{ files: ["src/cli/**", "fixtures/**", "scripts/**", "test/**"], rules: { "no-console": "off" } },
);

function forbidImports(files, group, message) {
	return { files: [files], rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] } };
}
