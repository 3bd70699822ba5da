package io.s3s3.consistency;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.s3s3.consistency.LateAnswers.Sight;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A store behind its {@link Weather}, as a client of it sees it. Only what a client that
 * fails over calls is there. Not thread-safe.
 */
final class SimulatedStore implements S3Client {

	private final SimulatedBucket bucket;

	private final Weather weather;

	private final StoreAnswers answers;

	private final StoreLookup lookup;

	private final Replication.Changes replication;

	/** Whether the answer to a copy has a version id: that of Ceph never has. */
	private final boolean tellsCopies;

	/** The content that was copied last, since this was forgotten. */
	private @Nullable String copied;

	SimulatedStore(SimulatedBucket bucket, Weather weather, StoreAnswers answers, Replication.Changes replication,
			boolean tellsCopies) {
		this.bucket = bucket;
		this.weather = weather;
		this.answers = answers;
		this.lookup = new StoreLookup(bucket, answers);
		this.replication = replication;
		this.tellsCopies = tellsCopies;
	}

	SimulatedBucket bucket() {
		return this.bucket;
	}

	Weather weather() {
		return this.weather;
	}

	/**
	 * Return the content that was copied last, of which its ETag does not tell all.
	 */
	@Nullable String copied() {
		return this.copied;
	}

	void forgetCopied() {
		this.copied = null;
	}

	/**
	 * Write as another application would, past the weather.
	 * @param content the content, {@code null} to delete the object
	 */
	StoredVersion write(String key, @Nullable String content) {
		StoredVersion version = this.bucket.write(key, content, this.answers.clock().get());
		this.replication.written(version);
		return version;
	}

	/**
	 * Delete a version for good as another application would, past the weather.
	 * @return the version, {@code null} if there is none
	 */
	@Nullable StoredVersion remove(String key, String id) {
		this.replication.removed(key, id);
		return this.bucket.remove(key, id);
	}

	@Override
	public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
		String content = StoredVersion.content(read(body), request.metadata());
		return this.weather.write(() -> {
			this.lookup.requireCondition(request.key(), request.ifMatch(), request.ifNoneMatch());
			StoredVersion version = write(request.key(), content);
			return this.answers.answer(PutObjectResponse.builder().eTag(version.eTag()).versionId(idOf(version)));
		});
	}

	@Override
	public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
		return this.weather.write(() -> {
			this.lookup.requireCondition(request.key(), request.ifMatch(), null);
			if (request.versionId() != null) {
				remove(request.key(), request.versionId());
				return this.answers.answer(DeleteObjectResponse.builder().versionId(request.versionId()));
			}
			StoredVersion marker = write(request.key(), null);
			return this.answers.answer(DeleteObjectResponse.builder()
				.deleteMarker(this.bucket.isVersioned() ? true : null)
				.versionId(idOf(marker)));
		});
	}

	@Override
	public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
		return this.weather.write(() -> {
			List<DeletedObject> deleted = new ArrayList<>();
			List<S3Error> errors = new ArrayList<>();
			for (ObjectIdentifier object : request.delete().objects()) {
				try {
					deleted.add(delete(object));
				}
				catch (S3Exception ex) {
					errors.add(S3Error.builder().key(object.key()).code(ex.awsErrorDetails().errorCode()).build());
				}
			}
			return this.answers.answer(DeleteObjectsResponse.builder().deleted(deleted).errors(errors));
		});
	}

	private DeletedObject delete(ObjectIdentifier object) {
		this.lookup.requireCondition(object.key(), object.eTag(), null);
		if (object.versionId() != null) {
			remove(object.key(), object.versionId());
			return DeletedObject.builder().key(object.key()).versionId(object.versionId()).build();
		}
		StoredVersion marker = write(object.key(), null);
		return DeletedObject.builder()
			.key(object.key())
			.deleteMarker(this.bucket.isVersioned() ? true : null)
			.deleteMarkerVersionId(idOf(marker))
			.build();
	}

	@Override
	public CopyObjectResponse copyObject(CopyObjectRequest request) {
		return this.weather.write(() -> {
			StoredVersion source = source(request);
			this.lookup.requireMatch(source, request.copySourceIfMatch(), request.copySourceIfNoneMatch());
			Map<String, String> metadata = (request.metadataDirective() == MetadataDirective.REPLACE)
					? request.metadata() : source.metadata();
			String bytes = StoredVersion.bytesOf(Objects.requireNonNull(source.content()));
			StoredVersion copy = write(request.destinationKey(), StoredVersion.content(bytes, metadata));
			this.copied = source.content();
			return this.answers.answer(CopyObjectResponse.builder()
				.versionId(this.tellsCopies ? idOf(copy) : null)
				.copySourceVersionId(idOf(source))
				.copyObjectResult((result) -> result.eTag(copy.eTag()).lastModified(StoreAnswers.lastModified(copy))));
		});
	}

	private StoredVersion source(CopyObjectRequest request) {
		if (request.sourceKey() != null) {
			return this.lookup.find(request.sourceKey(), request.sourceVersionId());
		}
		String[] source = request.copySource().split("\\?versionId=");
		String path = URLDecoder.decode(source[0], StandardCharsets.UTF_8);
		return this.lookup.find(path.substring(path.indexOf('/', 1) + 1), (source.length > 1) ? source[1] : null);
	}

	@Override
	public HeadObjectResponse headObject(HeadObjectRequest request) {
		Sight seen = LateAnswers.look(this, request);
		return this.answers.answer(HeadObjectResponse.builder()
			.eTag(seen.version().eTag())
			.versionId(seen.id())
			.metadata(seen.version().metadata())
			.contentLength((long) seen.version().bytes().length)
			.lastModified(StoreAnswers.lastModified(seen.version())));
	}

	@Override
	public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
		Sight seen = LateAnswers.look(this, request);
		GetObjectResponse response = this.answers.answer(GetObjectResponse.builder()
			.eTag(seen.version().eTag())
			.versionId(seen.id())
			.metadata(seen.version().metadata())
			.contentLength((long) seen.version().bytes().length)
			.lastModified(StoreAnswers.lastModified(seen.version())));
		return transformed(transformer, response, seen.version().bytes());
	}

	/**
	 * Return what a GET or HEAD shows.
	 */
	Sight look(S3Request request) {
		return this.weather.read(() -> {
			StoredVersion version = this.lookup.find(Objects.requireNonNull(field(request, "Key")),
					field(request, "VersionId"));
			this.lookup.requireMatch(version, field(request, "IfMatch"), field(request, "IfNoneMatch"));
			return new Sight(version, idOf(version));
		});
	}

	private static @Nullable String field(S3Request request, String name) {
		return request.getValueForField(name, String.class).orElse(null);
	}

	// As the SDK does it.
	private static <T> T transformed(ResponseTransformer<GetObjectResponse, T> transformer, GetObjectResponse response,
			byte[] body) {
		try {
			return transformer.transform(response, AbortableInputStream.create(new ByteArrayInputStream(body)));
		}
		catch (RetryableException | AbortedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw NonRetryableException.builder().cause(ex).message(ex.getMessage()).build();
		}
	}

	@Override
	public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
		return this.weather.read(() -> {
			List<String> keys = new ArrayList<>(this.bucket.keys(request.prefix()));
			keys.removeIf((key) -> this.bucket.content(key) == null);
			return this.answers.answer(ListObjectsV2Response.builder()
				.isTruncated(false)
				.keyCount(keys.size())
				.contents(keys.stream().map(this.bucket::current).map(StoreListing::object).toList()));
		});
	}

	@Override
	public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
		return this.weather.read(() -> this.answers.answer(StoreListing.versions(this.bucket, request)));
	}

	private @Nullable String idOf(StoredVersion version) {
		return this.bucket.isVersioned() ? version.id() : null;
	}

	private static String read(RequestBody body) {
		try {
			return new String(body.contentStreamProvider().newStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the clock of the store.
	 */
	Supplier<Instant> clock() {
		return this.answers.clock();
	}

	@Override
	public String serviceName() {
		return "s3";
	}

	@Override
	public void close() {
	}

}
