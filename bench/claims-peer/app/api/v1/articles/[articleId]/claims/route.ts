export { GET, POST } from "@/app/api/v1/articles/[articleId]/claims/route";
