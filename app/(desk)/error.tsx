"use client";

export { ErrorPage as default } from "@/components/frame/error-page";
