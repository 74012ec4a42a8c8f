export { LinkGone as default } from "@/components/people/link-gone";
