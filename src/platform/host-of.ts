/** The host of an address as sockets take it: a URL writes IPv6 in brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");
