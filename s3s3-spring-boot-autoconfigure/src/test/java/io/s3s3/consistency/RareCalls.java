package io.s3s3.consistency;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Calls of one process that are less simple: writes with conditions, listings, and reads
 * by another process that was told of a write. Not thread-safe.
 */
final class RareCalls {

	private final Random random;

	private final FailoverS3Client client;

	private final FailoverS3Client other;

	private final OwnHistory history;

	private final Judge judge;

	private final SimulationLog log;

	private @Nullable LocationRole served;

	private int written;

	/**
	 * Create calls.
	 * @param client makes the calls
	 * @param other makes those of another process, with a memory of its own
	 */
	RareCalls(Random random, FailoverS3Client client, FailoverS3Client other, OwnHistory history, Judge judge,
			SimulationLog log) {
		this.random = random;
		this.client = client.on(RequestSucceeded.class, (event) -> this.served = event.getLocation());
		this.other = other.on(ReadUnproven.class, (event) -> judge.disclose());
		this.history = history;
		this.judge = judge;
		this.log = log;
	}

	void call(String key) {
		switch (this.random.nextInt(3)) {
			case 0 -> putIf(key);
			case 1 -> list();
			default -> getElsewhere(key);
		}
	}

	private void putIf(String key) {
		List<String> contents = this.history.contents(key);
		boolean creates = contents.isEmpty() || this.random.nextInt(4) == 0;
		String expected = creates ? null : contents.get(this.random.nextInt(contents.size()));
		String content = "own-if-" + ++this.written;
		Judge.Moment began = this.judge.begin();
		ToldWrite write = this.history.begin(key, content);
		this.history.calls(List.of(write));
		try {
			write.versionId = this.client
				.putObject((put) -> put.bucket("east")
					.key(key)
					.ifMatch((expected != null) ? StoredVersion.eTagOf(expected) : null)
					.ifNoneMatch(creates ? "*" : null), RequestBody.fromString(content))
				.versionId();
			log("wrote %s as %s in place of %s", content, key, expected);
			this.judge.replaced(key, expected, Objects.requireNonNull(this.served), began);
			this.history.acknowledged(write, this.served);
		}
		catch (SdkException ex) {
			log("failed to write %s as %s in place of %s: %s", content, key, expected, ex);
			boolean denied = ex instanceof NotReplicatedException
					|| (ex instanceof S3Exception answer && answer.statusCode() < 500);
			if (denied) {
				this.history.denied(key, write);
			}
			else {
				this.history.failed(write);
			}
		}
		finally {
			this.history.returns();
		}
	}

	private void list() {
		Judge.Moment began = this.judge.begin();
		try {
			Map<String, String> page = new HashMap<>();
			for (S3Object object : this.client.listObjectsV2((list) -> list.bucket("east").prefix("key")).contents()) {
				page.put(object.key(), Objects.requireNonNull(this.history.contentOf(object.eTag())));
			}
			log("listed %s", page);
			Workload.keys().forEach((key) -> this.judge.listed(key, page.get(key), began));
		}
		catch (SdkException ex) {
			log("failed to list: %s", ex);
		}
	}

	private void getElsewhere(String key) {
		Optional<WriteToken> token = this.client.lastWrite(key);
		if (token.isEmpty()) {
			return;
		}
		Judge.Moment began = this.judge.begin();
		try {
			String content = this.other.after(token.get())
				.getObjectAsBytes((get) -> get.bucket("east").key(key))
				.asUtf8String();
			log("get %s elsewhere: %s", key, content);
			this.judge.showedElsewhere(key, content, began);
		}
		catch (SdkException ex) {
			log("get %s elsewhere: %s", key, ex);
			if (ex instanceof S3Exception answer && answer.statusCode() == 404) {
				this.judge.showedElsewhere(key, null, began);
			}
		}
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

}
