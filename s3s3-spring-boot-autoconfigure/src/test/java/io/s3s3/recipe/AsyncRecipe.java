package io.s3s3.recipe;

import java.util.concurrent.CompletableFuture;

import io.s3s3.FailoverS3AsyncClient;
import io.s3s3.FailoverS3AsyncTemplate;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * What the page on asynchronous calls shows.
 */
abstract class AsyncRecipe {

	abstract void stored(PutObjectResponse response);

	CompletableFuture<ResponseBytes<GetObjectResponse>> calls(FailoverS3AsyncClient s3, byte[] bytes) {
		CompletableFuture<ResponseBytes<GetObjectResponse>> order = s3.getObject((r) -> r.key("orders/1"),
				AsyncResponseTransformer.toBytes());
		s3.putObject((r) -> r.key("orders/2"), AsyncRequestBody.fromBytes(bytes)).thenAccept(this::stored);
		return order;
	}

	CompletableFuture<Boolean> template(FailoverS3AsyncTemplate s3) {
		CompletableFuture<String> name = s3.upload("names/1", "Ada")
			.thenCompose((stored) -> s3.downloadAsString("names/1"));
		CompletableFuture<Boolean> there = s3.exists("names/2");
		return name.thenCombine(there, (text, exists) -> exists);
	}

}
