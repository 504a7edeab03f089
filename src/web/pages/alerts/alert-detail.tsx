export default function AlertDetail(_: { readonly id: string }) {
	return null;
}
