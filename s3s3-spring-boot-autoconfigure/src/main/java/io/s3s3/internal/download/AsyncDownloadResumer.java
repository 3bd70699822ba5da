package io.s3s3.internal.download;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Fetches the rest of an asynchronous download that broke. Each answer has a resumer of
 * its own, which knows where the answer came from.
 */
public interface AsyncDownloadResumer {

	/**
	 * Called with the answer that the download begins with.
	 * @param response the answer
	 * @param handOn hands it on; it is given the reason why it must not be, or
	 * {@code null}
	 */
	void begin(S3Response response, Consumer<@Nullable RuntimeException> handOn);

	/**
	 * Fetch what is missing. Called on a thread that may block.
	 * @param broken the download, and how far it has come
	 * @param cancelled completes when nobody wants the rest any more
	 * @return completes with the rest, with {@code null} if another answer could not cure
	 * what broke it, or with an {@link java.io.IOException} if no location has it
	 */
	CompletableFuture<@Nullable AsyncBodySegment> resume(ResumePoint broken, CompletableFuture<?> cancelled);

}
