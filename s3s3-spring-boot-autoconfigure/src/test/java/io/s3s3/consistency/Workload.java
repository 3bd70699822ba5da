package io.s3s3.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The calls of one process, by chance, each of them judged. Not thread-safe.
 */
final class Workload {

	private static final int KEYS = 5;

	/** What is written again and again, so that its ETag tells little. */
	private static final String COMMON = "common";

	/** What a copy leaves whose source has nothing that is known. */
	private static final String UNKNOWN = "unknown";

	private final Random random;

	private final FailoverS3Client client;

	private final OwnHistory history;

	private final Judge judge;

	private final SimulationLog log;

	/** What the innermost call is about. */
	private String subject = "";

	/** Where the last call was served. */
	private @Nullable LocationRole served;

	private int written;

	private final RareCalls rare;

	Workload(Random random, FailoverS3Client client, FailoverS3Client other, OwnHistory history, Judge judge,
			SimulationLog log) {
		this.random = random;
		this.client = client.on(RequestEvent.class, this::told);
		this.history = history;
		this.judge = judge;
		this.log = log;
		this.rare = new RareCalls(random, this.client, other, history, judge, log);
	}

	private void told(RequestEvent event) {
		if (event instanceof ReadUnproven) {
			this.judge.disclose();
		}
		if (event instanceof RequestSucceeded succeeded) {
			this.served = succeeded.getLocation();
		}
		if (!(event instanceof RequestSent || event instanceof RequestCompleted)) {
			log("  %s: %s", this.subject, event);
		}
	}

	static String key(int number) {
		return "key" + number;
	}

	String anyKey() {
		return key(this.random.nextInt(KEYS));
	}

	static List<String> keys() {
		return Stream.iterate(0, (number) -> number + 1).limit(KEYS).map(Workload::key).toList();
	}

	void call() {
		switch (this.random.nextInt(12)) {
			case 0 -> copy(anyKey(), anyKey());
			case 1, 2 -> this.rare.call(anyKey());
			default -> simpleCall();
		}
	}

	/**
	 * Make a call that may come in the middle of another one.
	 */
	void simpleCall() {
		String key = anyKey();
		switch (this.random.nextInt(12)) {
			case 0, 1, 2, 3 -> put(key);
			case 4 -> delete(key);
			case 5 -> deleteTogether(List.of(key, anyKey()).stream().distinct().toList());
			case 6, 7, 8 -> get(key);
			case 9 -> head(key);
			case 10 -> getUnlessMatch(key);
			default -> getIfMatch(key);
		}
	}

	private void put(String key) {
		String content = (this.random.nextInt(10) == 0) ? COMMON : "own-" + ++this.written;
		write(List.of(key), content, (writes) -> {
			writes.get(0).versionId = this.client
				.putObject((put) -> put.bucket("east").key(key), RequestBody.fromString(content))
				.versionId();
			return writes.get(0).versionId;
		});
	}

	private void delete(String key) {
		write(List.of(key), null,
				(writes) -> this.client.deleteObject((delete) -> delete.bucket("east").key(key)).versionId());
	}

	private void deleteTogether(List<String> keys) {
		List<ObjectIdentifier> objects = keys.stream()
			.map((key) -> ObjectIdentifier.builder().key(key).build())
			.toList();
		write(keys, null, (writes) -> {
			DeleteObjectsResponse response = this.client
				.deleteObjects((delete) -> delete.bucket("east").delete((batch) -> batch.objects(objects)));
			response.errors().forEach((error) -> this.history.failed(writes.get(keys.indexOf(error.key()))));
			return response;
		});
	}

	private void write(List<String> keys, @Nullable String content, Function<List<ToldWrite>, @Nullable Object> call) {
		Judge.Moment began = begin(keys.toString());
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

	void get(String key) {
		read("get", key, (any) -> this.client.getObjectAsBytes((get) -> get.bucket("east").key(key)).asUtf8String());
	}

	private void head(String key) {
		read("head", key, (any) -> contentOf(this.client.headObject((head) -> head.bucket("east").key(key)).eTag()));
	}

	private void read(String name, String key, Function<String, String> call) {
		Judge.Moment began = begin(key);
		try {
			String content = call.apply(key);
			log("%s %s: %s", name, key, content);
			this.judge.showed(key, content, began);
			this.judge.cost(key, began);
		}
		catch (SdkException ex) {
			log("%s %s: %s", name, key, ex);
			missed(key, ex, began);
		}
	}

	private void missed(String key, SdkException error, Judge.Moment began) {
		if (error instanceof NotReplicatedException) {
			this.judge.refused(key, began);
		}
		else if (error instanceof S3Exception answer && answer.statusCode() == 404) {
			this.judge.showed(key, null, began);
		}
		else {
			this.judge.failed(key, error, began);
		}
	}

	private void getUnlessMatch(String key) {
		String known = anyContent(key);
		read("get unless " + known, key, (any) -> {
			try {
				return this.client
					.getObjectAsBytes((get) -> get.bucket("east").key(key).ifNoneMatch(StoredVersion.eTagOf(known)))
					.asUtf8String();
			}
			catch (S3Exception ex) {
				if (ex.statusCode() == 304) {
					return known;
				}
				throw ex;
			}
		});
	}

	private void getIfMatch(String key) {
		String known = anyContent(key);
		Judge.Moment began = begin(key);
		try {
			this.client.getObjectAsBytes((get) -> get.bucket("east").key(key).ifMatch(StoredVersion.eTagOf(known)));
			log("get %s if %s", key, known);
			this.judge.showed(key, known, began);
		}
		catch (SdkException ex) {
			log("get %s if %s: %s", key, known, ex);
			if (ex instanceof S3Exception answer && answer.statusCode() == 412) {
				this.judge.denied(key, known, began);
			}
			else if (ex instanceof NotReplicatedException) {
				this.judge.refused(key, known, began);
			}
			else {
				missed(key, ex, began);
			}
		}
	}

	/**
	 * Return a content that was written, rather a new one.
	 */
	private String anyContent(String key) {
		List<String> contents = this.history.contents(key);
		int last = contents.size() - 1;
		return contents.isEmpty() ? COMMON : contents.get(Math.max(0, last - this.random.nextInt(3)));
	}

	/**
	 * Copy an object. Which content it had the answer tells; without one it may be any.
	 */
	private void copy(String from, String to) {
		Judge.Moment began = begin(from);
		List<ToldWrite> possible = new ArrayList<>();
		Stream.concat(this.history.contents(from).stream(), Stream.of(UNKNOWN))
			.forEach((content) -> possible.add(this.history.begin(to, content)));
		this.history.calls(possible);
		try {
			CopyObjectResponse response = this.client.copyObject(
					(copy) -> copy.sourceBucket("east").sourceKey(from).destinationBucket("east").destinationKey(to));
			String content = contentOf(response.copyObjectResult().eTag());
			log("copied %s of %s to %s: %s", content, from, to, response.versionId());
			// A copy shows nothing to the process: it may have another ETag than its
			// source.
			this.judge.showedElsewhere(from, content, began);
			ToldWrite write = this.history.chosen(to, possible, content);
			write.versionId = response.versionId();
			this.history.acknowledged(write, this.served);
		}
		catch (SdkException ex) {
			possible.forEach(this.history::failed);
			log("failed to copy %s to %s: %s", from, to, ex);
			missed(from, ex, began);
		}
		finally {
			this.history.returns();
		}
	}

	private Judge.Moment begin(String subject) {
		this.subject = subject;
		return this.judge.begin();
	}

	private String contentOf(String eTag) {
		return Objects.requireNonNull(this.history.contentOf(eTag));
	}

	private void log(String format, @Nullable Object... arguments) {
		this.log.add(this.history.tick(), format, arguments);
	}

}
