package io.s3s3.consistency;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * Writes of one process that depend on nothing that is there. Not thread-safe.
 */
final class SimpleWrites {

	private static final String OWN = "own-";

	/** What is written again and again, so that its ETag tells little. */
	static final String COMMON = "common#";

	private final Random random;

	private final FailoverS3Client client;

	private final OwnHistory history;

	private final Judge judge;

	private final SimulationLog log;

	/** Receives what a call is about. */
	private final Consumer<String> subject;

	/** Where the last call was served. */
	private @Nullable LocationRole served;

	private int written;

	SimpleWrites(Random random, FailoverS3Client client, OwnHistory history, Judge judge, SimulationLog log,
			Consumer<String> subject) {
		this.random = random;
		this.client = client.on(RequestSucceeded.class, (event) -> this.served = event.getLocation());
		this.history = history;
		this.judge = judge;
		this.log = log;
		this.subject = subject;
	}

	void put(String key) {
		String content = ((this.random.nextInt(10) == 0) ? COMMON : OWN) + ++this.written;
		write(List.of(key), content, (writes) -> {
			writes.get(0).versionId = this.client
				.putObject((put) -> put.bucket("east").key(key).metadata(StoredVersion.metadataOf(content)),
						RequestBody.fromString(StoredVersion.bytesOf(content)))
				.versionId();
			return writes.get(0).versionId;
		});
	}

	void delete(String key) {
		write(List.of(key), null, (writes) -> {
			writes.get(0).versionId = this.client.deleteObject((delete) -> delete.bucket("east").key(key)).versionId();
			return writes.get(0).versionId;
		});
	}

	void deleteTogether(List<String> keys) {
		List<ObjectIdentifier> objects = keys.stream()
			.map((key) -> ObjectIdentifier.builder().key(key).build())
			.toList();
		write(keys, null, (writes) -> {
			DeleteObjectsResponse response = this.client
				.deleteObjects((delete) -> delete.bucket("east").delete((batch) -> batch.objects(objects)));
			response.errors().forEach((error) -> this.history.failed(writes.get(keys.indexOf(error.key()))));
			response.deleted().forEach((deleted) -> {
				ToldWrite write = writes.get(keys.indexOf(deleted.key()));
				write.versionId = deleted.deleteMarkerVersionId();
				this.history.acknowledged(write, SimulatedPair.deleterOf(deleted, keys.size(), this.served));
			});
			return response;
		});
	}

	private void write(List<String> keys, @Nullable String content, Function<List<ToldWrite>, @Nullable Object> call) {
		this.subject.accept(keys.toString());
		Moment began = this.judge.begin();
		List<ToldWrite> writes = keys.stream().map((key) -> this.history.begin(key, content)).toList();
		this.history.calls(writes);
		try {
			Object answer = call.apply(writes);
			writes.stream()
				.filter(ToldWrite::isUnderWay)
				.forEach((write) -> this.history.acknowledged(write, this.served));
			log("wrote %s as %s: %s", content, keys, answer);
		}
		catch (SdkException ex) {
			writes.forEach(this.history::failed);
			log("failed to write %s as %s: %s", content, keys, ex);
			this.judge.failed(keys.get(0), ex, began);
		}
		finally {
			this.history.returns();
		}
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

}
