export default function Page(_: { readonly id?: string | null }) {
	return null;
}
