package io.s3s3.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.awspring.cloud.s3.S3OutputStream;
import io.s3s3.FailoverS3Template;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailoverTrace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the pages on the template, on bodies, on failures and on telemetry show.
 */
abstract class TemplateRecipe {

	private static final Logger logger = LoggerFactory.getLogger(TemplateRecipe.class);

	private final List<String> moved = new ArrayList<>();

	private final FailoverS3Template s3;

	TemplateRecipe(FailoverS3Template s3) {
		this.s3 = s3;
	}

	abstract RequestBody openAgain();

	void shortForms(FailoverS3Template s3, byte[] bytes) {
		s3.upload("orders/1", bytes);
		byte[] order = s3.downloadAsBytes("orders/1");
		List<String> keys = s3.listAll("orders/").map(S3Object::key).toList();
		s3.delete("orders/1");
		logger.debug("{} bytes, {}", order.length, keys);
	}

	byte[] hedged(FailoverS3Template s3) {
		byte[] content = s3.hedged().downloadAsBytes("orders/1");
		return content;
	}

	void requestsOfTheSdk(FailoverS3Template s3) {
		s3.putObject((r) -> r.key("a").contentType("text/plain"), RequestBody.fromString("hello"));
		s3.getObject((r) -> r.key("a")); // a ResponseInputStream
		s3.headObject((r) -> r.key("a"));
		s3.copyObject((r) -> r.sourceKey("a").destinationKey("b"));
		s3.listObjectsV2((r) -> r.prefix("orders/")); // one page
		s3.deleteObject((r) -> r.key("a"));
		s3.deleteObjects((r) -> r.delete((d) -> d.objects((o) -> o.key("b"))));
	}

	void views(FailoverS3Template s3, byte[] bytes) {
		s3.on(RequestFailedOver.class, (event) -> this.moved.add(event.getRequest().toString()))
			.on(RequestCompleted.class, (event) -> logger.info("{} took {}", event.getOperation(), event.getDuration()))
			.upload("orders/1", bytes);
	}

	void bodies(FailoverS3Template s3, InputStream anyStream, Path file) throws IOException {
		s3.upload("video", anyStream); // of any length, known or unknown
		s3.download("video", file);
		try (S3OutputStream out = s3.uploadAsStream("report")) {
			out.write(42);
		}
	}

	void bodiesOpenedAgain(FailoverS3Template s3, InputStream stream, long length) {
		s3.on(RequestFailedOver.class, (event) -> event.replaceBody(openAgain()))
			.putObject((r) -> r.key("a"), RequestBody.fromInputStream(stream, length));
	}

	byte @Nullable [] failures() {
		try {
			return this.s3.downloadAsBytes("orders/1");
		}
		catch (NoSuchKeyException ex) {
			return null; // an answer like any other, whichever location gave it
		}
		catch (RuntimeException ex) {
			FailoverTrace.of(ex).ifPresent((trace) -> logger.error(trace.getMessage()));
			throw ex;
		}
	}

	byte[] ownWrites() {
		try {
			return this.s3.downloadAsBytes("orders/1");
		}
		catch (NotReplicatedException ex) {
			// This process wrote it, and no location that has it can be asked now.
			throw new IllegalStateException("Try again later", ex);
		}
	}

	byte[] asServed() {
		byte[] logo = this.s3.asServed().downloadAsBytes("logo.png");
		return logo;
	}

	@Nullable String lastWrite() {
		String token = this.s3.lastWrite("orders/1").map(WriteToken::value).orElse(null);
		return token;
	}

	byte[] after(String token) {
		byte[] order = this.s3.after(new WriteToken(token)).downloadAsBytes("orders/1");
		return order;
	}

}
