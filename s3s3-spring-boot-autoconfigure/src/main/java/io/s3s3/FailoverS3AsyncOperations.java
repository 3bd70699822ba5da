package io.s3s3;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.s3s3.consistency.WriteToken;
import io.s3s3.event.RequestEvent;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The common S3 operations on the objects of a pair of buckets that replicate to each
 * other: the asynchronous forms of {@link FailoverS3Operations}, under the same names. No
 * call names a bucket: one that does fails with an {@link IllegalArgumentException}.
 * <p>
 * Every future completes with what the AWS SDK throws, wrapped in a
 * {@link java.util.concurrent.CompletionException}: an
 * {@link software.amazon.awssdk.services.s3.model.S3Exception} when S3 answers with an
 * error, such as {@link software.amazon.awssdk.services.s3.model.NoSuchKeyException}, and
 * an {@link software.amazon.awssdk.core.exception.SdkClientException} when it does not
 * answer. {@link io.s3s3.failure.FailoverTrace#of} tells what was tried. Completing a
 * future early, usually by cancelling it, gives up the call.
 * <p>
 * For signed URLs, output streams and uploads in parts, see {@link FailoverS3Operations}.
 *
 * @since 0.1.0
 */
public interface FailoverS3AsyncOperations {

	/**
	 * Return a view that also notifies a listener of its calls. These operations are not
	 * changed.
	 * @param <E> the type of event
	 * @param type the type of event, or {@link RequestEvent} for all of them
	 * @param listener what to do with an event; what it throws is logged
	 * @return the view
	 */
	<E extends RequestEvent> FailoverS3AsyncOperations on(Class<E> type, Consumer<? super E> listener);

	/**
	 * Return a view whose reads return whatever the serving location has, even if it is
	 * stale.
	 * @return the view
	 */
	FailoverS3AsyncOperations asServed();

	/**
	 * Return a view whose reads of objects are hedged: a read that is not answered by the
	 * time most are is sent a second time, and the first successful answer is returned.
	 * @return the view
	 * @see FailoverS3AsyncClient#hedged
	 */
	FailoverS3AsyncOperations hedged();

	/**
	 * Return a view that, for one key, reads what another process has written, or fails
	 * with an exception that says that it cannot.
	 * @param token what the other process got from {@link #lastWrite}
	 * @return the view
	 * @throws IllegalArgumentException if the token is of another pair of buckets
	 */
	FailoverS3AsyncOperations after(WriteToken token);

	/**
	 * Return a token that tells another process of the last write of a key, so that it
	 * reads {@linkplain #after after} that write.
	 * @param key the key
	 * @return the token, or empty if this process does not remember a write of the key
	 */
	Optional<WriteToken> lastWrite(String key);

	/**
	 * Store an object.
	 * @param request the request, without a bucket
	 * @param body the content; anything other than a file or bytes is recorded as it
	 * passes, so that it can be sent again
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, AsyncRequestBody body);

	/**
	 * Store an object.
	 * @param request fills in the request, without a bucket
	 * @param body the content
	 * @return completes with the response of the location that served the call
	 * @see #putObject(PutObjectRequest, AsyncRequestBody)
	 */
	default CompletableFuture<PutObjectResponse> putObject(Consumer<PutObjectRequest.Builder> request,
			AsyncRequestBody body) {
		return putObject(PutObjectRequest.builder().applyMutation(request).build(), body);
	}

	/**
	 * Read an object. If it breaks midway, it continues from another location.
	 * @param <T> the type of the result
	 * @param request the request, without a bucket
	 * @param transformer turns the content into the result
	 * @return completes with the result of the transformer
	 */
	<T> CompletableFuture<T> getObject(GetObjectRequest request,
			AsyncResponseTransformer<GetObjectResponse, T> transformer);

	/**
	 * Read an object. If it breaks midway, it continues from another location.
	 * @param <T> the type of the result
	 * @param request fills in the request, without a bucket
	 * @param transformer turns the content into the result
	 * @return completes with the result of the transformer
	 */
	default <T> CompletableFuture<T> getObject(Consumer<GetObjectRequest.Builder> request,
			AsyncResponseTransformer<GetObjectResponse, T> transformer) {
		return getObject(GetObjectRequest.builder().applyMutation(request).build(), transformer);
	}

	/**
	 * Delete an object.
	 * @param request the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<DeleteObjectResponse> deleteObject(DeleteObjectRequest request);

	/**
	 * Delete an object.
	 * @param request fills in the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	default CompletableFuture<DeleteObjectResponse> deleteObject(Consumer<DeleteObjectRequest.Builder> request) {
		return deleteObject(DeleteObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Delete up to 1,000 objects.
	 * @param request the request, without a bucket
	 * @return completes with the response of the location that served the call; it lists
	 * the keys that could not be deleted
	 */
	CompletableFuture<DeleteObjectsResponse> deleteObjects(DeleteObjectsRequest request);

	/**
	 * Delete up to 1,000 objects.
	 * @param request fills in the request, without a bucket
	 * @return completes with the response of the location that served the call; it lists
	 * the keys that could not be deleted
	 */
	default CompletableFuture<DeleteObjectsResponse> deleteObjects(Consumer<DeleteObjectsRequest.Builder> request) {
		return deleteObjects(DeleteObjectsRequest.builder().applyMutation(request).build());
	}

	/**
	 * List one page of objects, of up to 1,000.
	 * @param request the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<ListObjectsV2Response> listObjectsV2(ListObjectsV2Request request);

	/**
	 * List one page of objects, of up to 1,000.
	 * @param request fills in the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	default CompletableFuture<ListObjectsV2Response> listObjectsV2(Consumer<ListObjectsV2Request.Builder> request) {
		return listObjectsV2(ListObjectsV2Request.builder().applyMutation(request).build());
	}

	/**
	 * Read the metadata of an object, without its content.
	 * @param request the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<HeadObjectResponse> headObject(HeadObjectRequest request);

	/**
	 * Read the metadata of an object, without its content.
	 * @param request fills in the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	default CompletableFuture<HeadObjectResponse> headObject(Consumer<HeadObjectRequest.Builder> request) {
		return headObject(HeadObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Copy an object within the pair: {@code sourceKey} to {@code destinationKey}.
	 * @param request the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<CopyObjectResponse> copyObject(CopyObjectRequest request);

	/**
	 * Copy an object within the pair: {@code sourceKey} to {@code destinationKey}.
	 * @param request fills in the request, without a bucket
	 * @return completes with the response of the location that served the call
	 */
	default CompletableFuture<CopyObjectResponse> copyObject(Consumer<CopyObjectRequest.Builder> request) {
		return copyObject(CopyObjectRequest.builder().applyMutation(request).build());
	}

	/**
	 * Store bytes.
	 * @param key the key of the object
	 * @param content the content
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<PutObjectResponse> upload(String key, byte[] content);

	/**
	 * Store text, in UTF-8 and as {@code text/plain}.
	 * @param key the key of the object
	 * @param content the text
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<PutObjectResponse> upload(String key, String content);

	/**
	 * Store a file, with the content type of its name.
	 * @param key the key of the object
	 * @param content the file; it must not change during the call
	 * @return completes with the response of the location that served the call
	 */
	CompletableFuture<PutObjectResponse> upload(String key, Path content);

	/**
	 * Store the content of a publisher. It is subscribed to once and recorded as it
	 * passes, so that it can be sent again; if its length is unknown, it is recorded in
	 * full before it is sent.
	 * @param key the key of the object
	 * @param content the publisher; an {@link AsyncRequestBody} may tell its length and
	 * its content type
	 * @return completes with the response of the location that served the call, or with
	 * the error of the publisher
	 */
	CompletableFuture<PutObjectResponse> upload(String key, Publisher<ByteBuffer> content);

	/**
	 * Read an object into memory.
	 * @param key the key of the object
	 * @return completes with the content
	 */
	CompletableFuture<byte[]> downloadAsBytes(String key);

	/**
	 * Read an object as text in UTF-8.
	 * @param key the key of the object
	 * @return completes with the text
	 */
	CompletableFuture<String> downloadAsString(String key);

	/**
	 * Read an object as a publisher for one subscriber. If it breaks midway, it continues
	 * from another location.
	 * @param key the key of the object
	 * @return completes when the content begins, with a publisher to subscribe to
	 */
	CompletableFuture<ResponsePublisher<GetObjectResponse>> downloadAsPublisher(String key);

	/**
	 * Read an object into a new file, which appears only once it is complete: until then
	 * the content is in a hidden file next to it.
	 * @param key the key of the object
	 * @param target the file, which must not exist, in a directory that does
	 * @return completes with the response, which holds the metadata of the object
	 */
	CompletableFuture<GetObjectResponse> download(String key, Path target);

	/**
	 * Store a Java object as JSON, or in the format of the configured
	 * {@link io.awspring.cloud.s3.S3ObjectConverter}. It is converted on this thread.
	 * @param key the key of the object
	 * @param object the Java object
	 * @return completes with the response of the location that served the call, or with
	 * an {@link IllegalStateException} if there is no converter
	 */
	CompletableFuture<PutObjectResponse> store(String key, Object object);

	/**
	 * Read a Java object that was {@linkplain #store stored}.
	 * @param <T> its type
	 * @param key the key of the object
	 * @param type its type
	 * @return completes with the Java object, or with an {@link IllegalStateException} if
	 * there is no converter
	 */
	<T> CompletableFuture<T> read(String key, Class<T> type);

	/**
	 * Return whether an object exists.
	 * @param key the key of the object
	 * @return completes with whether it exists at the location that served the call, or
	 * with an error if that cannot be determined
	 */
	CompletableFuture<Boolean> exists(String key);

	/**
	 * Delete an object. It is not an error if it does not exist.
	 * @param key the key of the object
	 * @return completes with the response of the location that served the call
	 */
	default CompletableFuture<DeleteObjectResponse> delete(String key) {
		return deleteObject((request) -> request.key(key));
	}

	/**
	 * List all objects whose key begins with a prefix, in the order of S3. Each
	 * subscriber gets a listing of its own, fetched page by page as it requests objects.
	 * Each page may come from another location: the listing continues after the last key
	 * seen. It ends with an
	 * {@link software.amazon.awssdk.core.exception.SdkClientException} if a location
	 * answers with a page that does not continue there.
	 * @param prefix the prefix, empty for all objects
	 * @return the objects, each once
	 */
	SdkPublisher<S3Object> listAll(String prefix);

}
